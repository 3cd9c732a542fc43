from .command import emulator

emulator()
