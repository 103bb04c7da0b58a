WATTLE CREEK6NNVICFriday

1. OLD GULL: Oak and Sons Synd's b g 4y 58.5 4 (A Finch, Trainer: H Pemberley) ($3.00 $4.20).
2. FOG HORN: b g 5y 55 3 (E Marlowe) (5.50 7.00) lg hd.
All started.
Time: 1m58.00s (last 600m 35.55s).
   AAP RESULTS