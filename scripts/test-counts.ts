import * as z from 'zod';

export interface Counts {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  /** By name: a skipped test is one that proves nothing here. */
  readonly skipped: readonly string[];
}

const vitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

export function vitestCounts(name: string, report: unknown): Counts {
  const files = vitestReport.parse(report).testResults;
  const tests = files.flatMap((file) => file.assertionResults);
  const broken = files.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  return {
    name,
    passed: tests.filter((test) => test.status === 'passed').length,
    failed: tests.filter((test) => test.status === 'failed').length + broken,
    skipped: tests
      .filter((test) => !['passed', 'failed'].includes(test.status))
      .map((test) => test.fullName.trim()),
  };
}

interface Suite {
  readonly suites?: readonly Suite[] | undefined;
  readonly specs: readonly {
    readonly title: string;
    readonly tests: readonly { readonly status: string }[];
  }[];
}
const suiteSchema: z.ZodType<Suite> = z.object({
  specs: z.array(z.object({ title: z.string(), tests: z.array(z.object({ status: z.string() })) })),
  get suites() {
    return z.array(suiteSchema).optional();
  },
});
const playwrightReport = z.object({ suites: z.array(suiteSchema), errors: z.array(z.unknown()) });

export function playwrightCounts(name: string, report: unknown): Counts {
  const { suites, errors } = playwrightReport.parse(report);
  const tests = suites.flatMap(testsOf);
  return {
    name,
    passed: tests.filter((test) => test.status === 'expected').length,
    // A test that passed only at a second try hides a race; it counts as failed.
    failed:
      tests.filter((test) => test.status === 'unexpected' || test.status === 'flaky').length + errors.length,
    skipped: tests.filter((test) => test.status === 'skipped').map((test) => test.title),
  };
}

function testsOf(suite: Suite): { title: string; status: string }[] {
  const own = suite.specs.flatMap((spec) =>
    spec.tests.map((test) => ({ title: spec.title, status: test.status })),
  );
  return [...own, ...(suite.suites ?? []).flatMap(testsOf)];
}
