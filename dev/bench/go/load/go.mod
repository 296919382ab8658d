module heal8s.io/bench/load

go 1.26
