"""The workbench: the web application in which people read, correct and decide."""
