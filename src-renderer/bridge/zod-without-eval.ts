import { z } from 'zod'

// The page's Content-Security-Policy forbids eval, and zod would otherwise try it. Imported before the contract, whose
// schemas decide when they are made.
z.config({ jitless: true })
