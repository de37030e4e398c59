import fc from 'fast-check'

/**
 * The draws of all properties. Fixed, so that a change is judged by what it changes and not by luck;
 * `PROPERTY_SEED=random` draws anew at every run (a failing property prints its seed), and a number repeats such a run.
 */
const asked = process.env.PROPERTY_SEED ?? '20261126'

if (asked !== 'random') fc.configureGlobal({ seed: Number(asked) })
