-- As the engine has it.
RESET memory_limit;
RESET checkpoint_threshold;
