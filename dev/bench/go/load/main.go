// SPDX-License-Identifier: Apache-2.0

// Command load sends one object or one alert per request over a bounded number of connections and
// prints one line of JSON as its last. It is the stock client of `./heal8s bench intake`: the same program drives
// the API server itself ("raw") and the gateway ("alerts"), so that both sides pay the same for it.
//
// What is created raw is what the gateway makes of the same alert, field by field, so that the API
// server admits, validates and stores the same; the benchmark compares one of each and refuses to
// go on if they differ. Raw requests are made as any Go program makes them: HTTP/2 over TLS, one
// kept connection a worker, the answer read to its end and not parsed.
//
// It sends to loopback addresses only and stops by itself after --count requests.
package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

type options struct {
	mode, target, caFile, tokenFile, prefix, namespace, starts string
	connections, count, distinct, mark                         int
	retry                                                      time.Duration
}

type result struct {
	Count     int            `json:"count"`
	Seconds   float64        `json:"seconds"`
	PerSecond float64        `json:"perSecond"`
	P50Ms     float64        `json:"p50Ms"`
	P99Ms     float64        `json:"p99Ms"`
	Statuses  map[string]int `json:"statuses"`
	Retries   int64          `json:"retries"`
	GivenUp   int64          `json:"givenUp"`
}

func main() {
	o := parse()
	if err := onlyLoopback(o.target); err != nil {
		fail(err)
	}
	r, err := run(o)
	if err != nil {
		fail(err)
	}
	json.NewEncoder(os.Stdout).Encode(r)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "load:", err)
	os.Exit(1)
}

func parse() options {
	var o options
	flag.StringVar(&o.mode, "mode", "raw", "raw: create Remediations at the API server; alerts: post Alertmanager bodies")
	flag.StringVar(&o.target, "url", "", "address to post to, on a loopback address")
	flag.StringVar(&o.caFile, "ca", "", "PEM file that the server is verified with")
	flag.StringVar(&o.tokenFile, "token", "", "file with the bearer token")
	flag.StringVar(&o.prefix, "prefix", "a", "makes names and fingerprints of this run unique")
	flag.StringVar(&o.namespace, "namespace", "bench", "namespace of the targets")
	flag.StringVar(&o.starts, "starts", "2026-01-01T00:00:00Z", "startsAt of every alert")
	flag.IntVar(&o.connections, "connections", 32, "connections, one request at a time on each")
	flag.IntVar(&o.count, "count", 1000, "requests in all, at most 100000")
	flag.IntVar(&o.distinct, "distinct", 0, "different alerts, 0 for all different")
	flag.IntVar(&o.mark, "mark", 0, "print an empty line before the result once this many requests are answered for good; 0 for never")
	flag.DurationVar(&o.retry, "retry", 0, "try again this long after network errors and 5xx, as Alertmanager does; 0 for never")
	flag.Parse()
	if o.count < 1 || o.count > 100000 || o.connections < 1 || o.connections > 256 {
		fail(fmt.Errorf("--count must be 1..100000 and --connections 1..256"))
	}
	if o.distinct == 0 {
		o.distinct = o.count
	}
	return o
}

func onlyLoopback(target string) error {
	u, err := url.Parse(target)
	if err != nil {
		return err
	}
	ip := net.ParseIP(u.Hostname())
	if ip == nil || !ip.IsLoopback() {
		return fmt.Errorf("--url must have a loopback address, got %q", u.Hostname())
	}
	return nil
}

func run(o options) (*result, error) {
	token := ""
	if o.tokenFile != "" {
		b, err := os.ReadFile(o.tokenFile)
		if err != nil {
			return nil, err
		}
		token = strings.TrimSpace(string(b))
	}
	pool := x509.NewCertPool()
	if o.caFile != "" {
		pem, err := os.ReadFile(o.caFile)
		if err != nil {
			return nil, err
		}
		if !pool.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("no certificate in %s", o.caFile)
		}
	}
	var next, answered, retries, givenUp atomic.Int64
	begin, err := time.Parse(time.RFC3339, o.starts)
	if err != nil {
		return nil, err
	}
	// Before the clock runs: what is measured is the server, and one kind of body costs more to make.
	bodies := make([][]byte, o.distinct)
	for i := range bodies {
		bodies[i] = bodyOf(o, begin, i)
	}
	latencies := make([]time.Duration, o.count)
	statuses := make([]int, o.count)
	var wait sync.WaitGroup
	began := time.Now()
	for range o.connections {
		wait.Add(1)
		go func() {
			defer wait.Done()
			// One transport a worker: one connection each, as that many senders would have.
			client := &http.Client{
				Timeout: 30 * time.Second,
				Transport: &http.Transport{
					TLSClientConfig:   &tls.Config{RootCAs: pool},
					ForceAttemptHTTP2: true,
				},
			}
			for {
				i := int(next.Add(1)) - 1
				if i >= o.count {
					return
				}
				send(o, client, token, bodies[i%o.distinct], &latencies[i], &statuses[i], &retries, &givenUp)
				if answered.Add(1) == int64(o.mark) {
					fmt.Println()
				}
			}
		}()
	}
	wait.Wait()
	return summary(o, time.Since(began), latencies, statuses, retries.Load(), givenUp.Load()), nil
}

func send(o options, client *http.Client, token string, body []byte, latency *time.Duration, last *int, retries, givenUp *atomic.Int64) {
	deadline := time.Now().Add(o.retry)
	pause := 50 * time.Millisecond
	for {
		began := time.Now()
		status := post(client, o.target, token, body)
		*latency, *last = time.Since(began), status
		if status != 0 && status < 500 {
			return
		}
		if time.Now().After(deadline) {
			givenUp.Add(1)
			return
		}
		retries.Add(1)
		time.Sleep(pause)
		pause = min(2*pause, time.Second)
	}
}

func post(client *http.Client, target, token string, body []byte) int {
	request, err := http.NewRequest(http.MethodPost, target, bytes.NewReader(body))
	if err != nil {
		return 0
	}
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := client.Do(request)
	if err != nil {
		return 0
	}
	defer response.Body.Close()
	io.Copy(io.Discard, response.Body)
	return response.StatusCode
}

func bodyOf(o options, begin time.Time, i int) []byte {
	fingerprint := fmt.Sprintf("%s%08x", o.prefix, i)
	pod := fmt.Sprintf("api-%s-%06d", o.prefix, i)
	alert := map[string]any{
		"status": "firing",
		"labels": map[string]string{
			"alertname": "KubePodOOMKilled", "namespace": o.namespace, "deployment": pod,
			"container": "api", "severity": "critical", "environment": "bench",
		},
		"annotations": map[string]string{
			"summary": "Container api of " + pod + " was killed for want of memory",
		},
		"startsAt": o.starts, "endsAt": "0001-01-01T00:00:00Z",
		"generatorURL": "http://prometheus.example/graph?g0.expr=x", "fingerprint": fingerprint,
	}
	var value any
	if o.mode == "alerts" {
		value = map[string]any{
			"version": "4", "groupKey": "{}:{alertname=\"KubePodOOMKilled\"}", "truncatedAlerts": 0,
			"status": "firing", "receiver": "heal8s", "groupLabels": map[string]string{},
			"commonLabels": map[string]string{}, "commonAnnotations": map[string]string{},
			"externalURL": "http://alertmanager.example", "alerts": []any{alert},
		}
	} else {
		payload, _ := json.Marshal(alert)
		value = map[string]any{
			"apiVersion": "k8shealer.k8s-healer.io/v1alpha1", "kind": "Remediation",
			"metadata": map[string]any{
				"name": "rem-raw-" + fingerprint, "namespace": o.namespace,
				"labels": map[string]string{
					"k8s-healer.io/alert": "KubePodOOMKilled", "k8s-healer.io/target": pod,
					"k8s-healer.io/fingerprint": fingerprint,
				},
			},
			"spec": map[string]any{
				"alert": map[string]any{
					"name": "KubePodOOMKilled", "fingerprint": fingerprint, "source": "alertmanager",
					"severity": "critical", "alertId": fmt.Sprintf("%s-%d", fingerprint, begin.Unix()),
					"startsAt": o.starts, "payload": string(payload),
				},
				"target": map[string]any{"kind": "Deployment", "name": pod, "namespace": o.namespace, "container": "api"},
				"action": map[string]any{
					"type":   "IncreaseMemory",
					"params": map[string]string{"memoryIncreasePercent": "25", "maxMemory": "2Gi"},
				},
				"strategy": map[string]any{
					"mode": "GitOps", "requireApproval": true, "environment": "bench", "ttl": "24h",
				},
				"trace": fmt.Sprintf("00-%032x-%016x-01", i+1, i+1),
			},
		}
	}
	b, _ := json.Marshal(value)
	return b
}

func summary(o options, took time.Duration, latencies []time.Duration, statuses []int, retries, givenUp int64) *result {
	sort.Slice(latencies, func(a, b int) bool { return latencies[a] < latencies[b] })
	at := func(q float64) float64 {
		return float64(latencies[min(len(latencies)-1, int(q*float64(len(latencies))))].Microseconds()) / 1000
	}
	counts := map[string]int{}
	for _, status := range statuses {
		counts[strconv.Itoa(status)]++
	}
	return &result{
		Count: o.count, Seconds: took.Seconds(), PerSecond: float64(o.count) / took.Seconds(),
		P50Ms: at(0.50), P99Ms: at(0.99), Statuses: counts, Retries: retries, GivenUp: givenUp,
	}
}
