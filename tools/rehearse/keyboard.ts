// What a rehearsal reaches of the keyboard: the same as the commands of the program.
export { KeyboardProblem } from '../../src/command.ts'
export { askOwner, atKeyboard, keyIsThere, type Place, postgresFolder, runningDatabase } from '../../src/db/keyboard.ts'
