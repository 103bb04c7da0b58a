-- Of two transactions that decide at once, a lake's catalog refuses the later: both change this row.
UPDATE ops.turn SET taken = taken + 1;
