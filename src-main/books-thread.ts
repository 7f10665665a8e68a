/** The program of the thread that has the books. */
import { runBooksThread } from './store/books/index.ts'

runBooksThread()
