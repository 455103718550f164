// The programs of tests/unit that run everywhere.
const rooms = ['unit', 'driver', 'signal', 'sdp', 'tunnel', 'c', 'world'];
export const unitPrograms = rooms.map((room) => `floe_${room}_tests`);
