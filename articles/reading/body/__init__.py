"""From a body as it is stored to HTML: collect what it refers to, load that once, render.

Works on the raw data of a StreamField (`[{"type", "value", "id"}]`): making block
instances would cost a query for each picture and page.
"""
