// The same without the script: every part of a type is an ordinary form.
import { makeType, seenByCitizens } from '../lib/jenis.mjs';

export const name = 'a new type of service is made, published and found without JavaScript';
export const javaScript = false;
export const within = 180_000;
export async function run(journey) {
  const made = await makeType(journey);
  const page = await journey.another();
  await seenByCitizens({ ...journey, page }, made);
}
