import { decode, encode } from '@msgpack/msgpack';
import { pictureOf, query, record, show, slider } from './picture.ts';

/** As little as can be between a slider and a picture: a socket, MessagePack, a canvas. */

declare global {
  interface Window {
    /** Milliseconds the server took, as it told. */
    serverTimes: number[];
  }
}

window.serverTimes = [];
const socket = new WebSocket(`${query('ws')}?fal_jwt_token=${encodeURIComponent(query('token'))}`);
socket.binaryType = 'arraybuffer';
socket.addEventListener('message', ({ data }) => {
  if (data instanceof ArrayBuffer) {
    const { content, type } = pictureOf(decode(data));
    void show(content, type);
  } else if (typeof data === 'string') {
    const { timing } = record(JSON.parse(data));
    if (typeof timing === 'number') window.serverTimes.push(timing * 1000);
  }
});
const send = (): void => socket.send(encode({ value: slider.valueAsNumber }));
socket.addEventListener('open', send);
slider.addEventListener('input', send);
