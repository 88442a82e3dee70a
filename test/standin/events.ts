/** The part of Electron's event objects every event has. */
export class ElectronEvent {
  defaultPrevented = false;
  // An arrow, because apps pass `event.preventDefault` around unbound.
  readonly preventDefault = (): void => {
    this.defaultPrevented = true;
  };
}

/** An event object with `preventDefault`, carrying the given fields as Electron's own do. */
export function electronEvent(): ElectronEvent;
export function electronEvent<T extends object>(fields: T): ElectronEvent & T;
export function electronEvent(fields: object = {}): ElectronEvent {
  return Object.assign(new ElectronEvent(), fields);
}
