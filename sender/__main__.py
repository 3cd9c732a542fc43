from sender.cli.main import main

main()
