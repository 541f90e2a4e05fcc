const swc = [
  '@swc/jest',
  {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2024', experimental: { keepImportAttributes: true } },
    module: { type: 'es6' },
  },
];

/** Quick tests by default; the slower suites have a folder and an npm script of their own. */
export default {
  testEnvironment: 'node',
  // Jest leaves a core to others by default, which of two is half.
  maxWorkers: '100%',
  // Milliseconds. A machine that is busy with something else is no reason to fail.
  testTimeout: 30_000,
  globalSetup: '<rootDir>/tests/support/build-once.js',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': swc },
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '/dist/',
    ...(process.env.SLOW === '1' ? [] : ['/tests/durability/', '/tests/scale/']),
  ],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/cdk.out/'],
};
