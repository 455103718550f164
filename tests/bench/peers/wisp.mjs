// Wisp's server for Node, with its own policy on, which has to let it send to this machine.
import { logging, server as wisp } from '@mercuryworkshop/wisp-js/server';
import { server } from './listen.mjs';

logging.set_level(logging.NONE);
wisp.options.allow_loopback_ips = true;
server.on('upgrade', (request, socket, head) => wisp.routeRequest(request, socket, head));
