/** The store and what knows its troubles: a second of loading that most commands need not wait for. */
export async function loadStore() {
  const [store, bookkeeping] = await Promise.all([import('../../store/index.ts'), import('../../bookkeeping/index.ts')])
  return { ...store, ...bookkeeping }
}
