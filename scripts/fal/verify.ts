import { WebhookVerifier } from '../../electron/fal/webhook-keys.ts';
import { parseJson } from '../../shared/json.ts';
import { readDeliveryFile } from './delivery.ts';
import type { Ending } from './output.ts';
import type { Asked } from './reads.ts';

/** Prints who was told what, and when, once it is sure that fal said it. */
export async function verifyDelivery({ connection, invocation, output, signal }: Asked): Promise<Ending> {
  const delivery = await readDeliveryFile(invocation.target);
  if (!delivery.ok) return delivery.error;
  const cameAt = invocation.at ?? Date.now();
  const verified = await new WebhookVerifier(connection).verify(delivery.value, signal, cameAt);
  if (!verified.ok) return verified.error;
  const { requestId, userId, sentAt } = verified.value;
  const body = new TextDecoder().decode(delivery.value.body);
  const told = parseJson(body);
  output.result(requestId, {
    verified: true,
    user_id: userId,
    sent_at: new Date(sentAt).toISOString(),
    body: told.ok ? told.value : body,
  });
  return null;
}
