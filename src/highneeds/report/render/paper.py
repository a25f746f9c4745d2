"""The paper: A4, its margins, and the type of tables, the same in the PDF and in Word."""

PORTRAIT, LANDSCAPE = (210, 297), (297, 210)
MARGIN = 18  # millimetres, left and right
TABLE_TYPE, SMALL_TYPE = 8.5, 7.5  # points
