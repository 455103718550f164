// The programs of tests/unit that run everywhere.
const rooms = ['unit', 'driver', 'json', 'signal', 'sdp', 'tunnel', 'turn_server', 'c', 'world'];
export const unitPrograms = rooms.map((room) => `floe_${room}_tests`);
