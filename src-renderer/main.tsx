import './bridge/zod-without-eval.ts'
import './theme/index.css'
import { startScreen } from './app/start-screen.tsx'

startScreen(window)
