import { fullPath } from '../fal/endpoint-id.ts';
import { optionHeaders } from '../fal/option-headers.ts';
import type { RequestOptions } from '../fal/request-options.ts';
import { streamPath } from './call.ts';
import type { Call } from './call.ts';

export const optionsOf = (call: Call): RequestOptions => call.options ?? {};

/** The address path of a call: the model's id, what was asked for behind it, and `stream` where that is how it is asked. */
export function calledPath(call: Call): string {
  const path = optionsOf(call).path?.split('/').filter(Boolean).join('/') ?? '';
  const full = fullPath(call.endpoint);
  if (path === '') return call.method === 'stream' ? streamPath(call.endpoint) : full;
  return call.method === 'stream' && full.endsWith(`/${path}`) ? full : `${full}/${path}`;
}

/** What goes into the address behind the path; empty, or with its question mark. */
export function calledQuery(call: Call): string {
  const { webhookUrl, maxQueueLength } = optionsOf(call);
  const query = [
    ...(webhookUrl === undefined ? [] : [`fal_webhook=${encodeURIComponent(webhookUrl)}`]),
    ...(maxQueueLength === undefined ? [] : [`fal_max_queue_length=${maxQueueLength}`]),
  ];
  return query.length === 0 ? '' : `?${query.join('&')}`;
}

/** The headers of all options but those that a client names itself. */
export function headersBeside(call: Call, named: readonly (keyof RequestOptions)[]): Record<string, string> {
  return optionHeaders(without(optionsOf(call), named));
}

/** What a client's call has no place for, as the text of one comment; null where there is nothing. */
export function leftOut(call: Call, names: readonly (keyof RequestOptions)[]): string | null {
  const options = optionsOf(call);
  const left = names.flatMap((name) =>
    options[name] === undefined ? [] : [`${name} ${JSON.stringify(options[name])}`],
  );
  return left.length === 0 ? null : `Set in the app, with no place in this call: ${left.join(', ')}`;
}

function without(options: RequestOptions, names: readonly (keyof RequestOptions)[]): RequestOptions {
  return Object.assign(
    {},
    ...Object.entries(options).map(([name, value]) =>
      names.some((other) => other === name) ? {} : { [name]: value },
    ),
  );
}
