/** The program of the thread that has the books. */
import { openMoneyBooks } from './open-money-books.ts'
import { runBooksThread } from './store/books/index.ts'

runBooksThread(openMoneyBooks)
