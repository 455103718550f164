// The programs of tests/unit that run everywhere.
export const unitPrograms = ['unit', 'signal', 'sdp', 'tunnel', 'c'].map((room) => `floe_${room}_tests`);
