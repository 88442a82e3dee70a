import { createFalClient } from '@fal-ai/client';
import { officialSocket } from '../official-socket.ts';
import { pictureOf, query, show, slider } from './picture.ts';

/** The same page with fal's own client, not held back by its throttle. */

officialSocket(query('base'));
const connection = createFalClient().realtime.connect(query('endpoint'), {
  throttleInterval: 0,
  tokenProvider: () => Promise.resolve(query('token')),
  onResult: (result: unknown) => {
    const { content, type } = pictureOf(result);
    void show(content, type);
  },
});
const send = (): void => connection.send({ value: slider.valueAsNumber });
slider.addEventListener('input', send);
send();
