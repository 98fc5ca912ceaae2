"""The same functions on one machine: portal, queue, ticker, make-believe carrier, phones."""
