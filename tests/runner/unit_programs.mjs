// The programs of tests/unit that run everywhere.
export const unitPrograms = ['unit', 'signal', 'sdp', 'tunnel', 'c', 'world'].map((room) => `floe_${room}_tests`);
