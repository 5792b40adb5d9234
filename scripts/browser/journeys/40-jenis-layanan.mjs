// A clerk who never sees YAML makes a type of service and publishes it; a citizen finds and tries it at once, without a restart.
import { makeType, seenByCitizens } from '../lib/jenis.mjs';

export const name = 'a new type of service is made, published and found by a citizen';
export const engines = ['sqlite', 'postgres'];
export const within = 180_000;
export async function run(journey) {
  const made = await makeType(journey);
  const page = await journey.another();
  await seenByCitizens({ ...journey, page }, made);
}
