// Joins the private topics of the command line, in turn, as the user of COGCOMMIT_TOKEN, and says a line for each thing that it hears.
import { RealtimeClient } from '@supabase/realtime-js';
import ws from 'ws';

const [url, ...topics] = process.argv.slice(2);
const client = new RealtimeClient(`${url.replace(/^http/, 'ws')}/realtime/v1`, { params: { apikey: process.env.COGCOMMIT_KEY }, transport: ws });
await client.setAuth(process.env.COGCOMMIT_TOKEN);
for (const topic of topics) {
  const channel = client.channel(topic, { config: { private: true } });
  channel.on('broadcast', { event: 'push' }, message => console.log(`heard ${JSON.stringify(message.payload)}`));
  // A channel that is removed says CLOSED: only its first word counts.
  console.log(await new Promise(told => channel.subscribe((status, error) => told(`${status} ${topic} ${error?.message ?? ''}`))));
  if (channel.state !== 'joined') await client.removeChannel(channel);
}
process.stdin.on('end', () => process.exit(0)).resume();
