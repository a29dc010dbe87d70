"""How good were the answers? Opportunities and dates, laid beside what came."""
