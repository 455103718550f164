// The programs of tests/unit that run everywhere.
export const unitPrograms = ['unit', 'driver', 'signal', 'tunnel', 'c'].map((room) => `floe_${room}_tests`);
