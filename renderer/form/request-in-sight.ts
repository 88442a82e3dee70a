import { stringifyJson } from '../../shared/json.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { ModelForm } from '../../shared/schema/field.ts';
import { buildRequest } from '../../shared/schema/request.ts';
import { requestHolds, useApp } from '../stores/app.ts';
import { useRequests } from '../stores/requests.ts';

/** The form of a model, where it has one. */
export function formInSight(endpointId: string): ModelForm | null {
  const form = useRequests.getState().forms[endpointId];
  return form?.kind === 'form' ? form.form : null;
}

/** A model's request as it would be sent. */
export function requestInSight(endpointId: string): JsonObject {
  const form = formInSight(endpointId);
  const draft = useRequests.getState().drafts[endpointId] ?? {};
  return form === null ? draft : buildRequest(form, draft, requestHolds(useApp.getState()));
}

/** What was written as a model's request and cannot be read; `undefined` where there is nothing such. */
export function unreadInSight(endpointId: string): string | undefined {
  return useRequests.getState().unread[endpointId]?.[''];
}

/** A model's request as text, also where it cannot be read. */
export function textInSight(endpointId: string): string {
  return unreadInSight(endpointId) ?? stringifyJson(requestInSight(endpointId), 2);
}
