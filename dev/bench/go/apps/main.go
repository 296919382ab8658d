// SPDX-License-Identifier: Apache-2.0

// Command apps plays many small GraphQL applications in one process: every address of 127.0.0.0/8 is
// one of its own, told apart by the address that a connection was made to. It answers POST /graphql
// with the health of that application and counts what it was asked; a second port, on 127.0.0.1,
// changes and tells:
//
//	POST /health?address=127.1.2.3&is=unhealthy
//	GET  /counts
//
// With -state-bytes a state is padded to about that size, with a list of small objects, as the states
// of real applications are. It serves loopback addresses only and ends with its standard input.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
)

type app struct {
	health      string
	requests    int64
	connections int64
}

type apps struct {
	mu    sync.Mutex
	byIP  map[string]*app
	wrong atomic.Int64
	items []byte
}

func padding(size int) []byte {
	var items bytes.Buffer
	for i := 0; items.Len() < size; i++ {
		if i > 0 {
			items.WriteByte(',')
		}
		fmt.Fprintf(&items, `{"name":"worker-%d","ready":true,"load":0.%d,"restarts":%d}`, i, 10+i%90, i%3)
	}
	return items.Bytes()
}

func (a *apps) of(ip string) *app {
	one, known := a.byIP[ip]
	if !known {
		one = &app{health: "healthy"}
		a.byIP[ip] = one
	}
	return one
}

func localIP(r *http.Request) string {
	address, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	host, _, _ := net.SplitHostPort(address.String())
	return host
}

func (a *apps) graphql(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 64<<10))
	if err != nil || r.Method != http.MethodPost || !bytes.Contains(body, []byte(`"query"`)) {
		a.wrong.Add(1)
		http.Error(w, "not a GraphQL request", http.StatusBadRequest)
		return
	}
	a.mu.Lock()
	one := a.of(localIP(r))
	one.requests++
	health := one.health
	a.mu.Unlock()
	answer := []byte(fmt.Sprintf(
		`{"data":{"application":{"health":%q,"version":"1.4.2","replicas":3,"queue":{"depth":0,"oldestSeconds":0},"items":[%s]}}}`,
		health, a.items))
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", fmt.Sprint(len(answer)))
	w.Write(answer)
}

func (a *apps) setHealth(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.of(r.URL.Query().Get("address")).health = r.URL.Query().Get("is")
}

func (a *apps) counts(w http.ResponseWriter, _ *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	var requests, connections, asked int64
	for _, one := range a.byIP {
		requests += one.requests
		connections += one.connections
		if one.requests > 0 {
			asked++
		}
	}
	json.NewEncoder(w).Encode(map[string]int64{
		"apps": asked, "requests": requests, "connections": connections, "wrong": a.wrong.Load()})
}

func (a *apps) accepted(conn net.Conn, state http.ConnState) {
	if state != http.StateNew {
		return
	}
	host, _, _ := net.SplitHostPort(conn.LocalAddr().String())
	if !net.ParseIP(host).IsLoopback() {
		conn.Close()
		return
	}
	a.mu.Lock()
	a.of(host).connections++
	a.mu.Unlock()
}

func main() {
	size := flag.Int("state-bytes", 0, "size to which a state is padded")
	flag.Parse()
	a := &apps{byIP: map[string]*app{}, items: padding(*size)}
	serving, err := net.Listen("tcp4", "0.0.0.0:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, "apps:", err)
		os.Exit(1)
	}
	control, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, "apps:", err)
		os.Exit(1)
	}
	graphql := http.NewServeMux()
	graphql.HandleFunc("/graphql", a.graphql)
	server := &http.Server{Handler: graphql, ConnState: a.accepted}
	go server.Serve(serving)
	tell := http.NewServeMux()
	tell.HandleFunc("/health", a.setHealth)
	tell.HandleFunc("/counts", a.counts)
	go http.Serve(control, tell)
	json.NewEncoder(os.Stdout).Encode(map[string]int{
		"port":    serving.Addr().(*net.TCPAddr).Port,
		"control": control.Addr().(*net.TCPAddr).Port})
	io.Copy(io.Discard, os.Stdin)
}
