export type { LocalFal, LocalFalOptions } from './server.ts';
export { DEFAULT_KEY, startLocalFal } from './server.ts';
export type {
  Answer,
  Exchange,
  HookedJob,
  HostName,
  Hosts,
  LocalFalHooks,
  LocalModel,
  RunContext,
  RunEvent,
  StreamMishap,
  ValidationDetail,
} from './types.ts';
export { ModelError } from './types.ts';
export type {
  Frame,
  Handshake,
  HookedSession,
  RealtimeContext,
  RealtimeHooks,
  RealtimeMode,
  RealtimeModel,
  SessionAnswer,
  TokenGrant,
} from './realtime/types.ts';
