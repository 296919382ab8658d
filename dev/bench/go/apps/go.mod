module heal8s.io/bench/apps

go 1.26
