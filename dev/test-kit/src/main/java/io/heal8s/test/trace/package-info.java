// SPDX-License-Identifier: Apache-2.0
/**
 * A place that traces can be sent to in a test. It understands OTLP over HTTP with protobuf bodies
 * as far as spans go and listens on loopback only. Nothing in it knows how spans are made.
 */
@NullMarked
package io.heal8s.test.trace;

import org.jspecify.annotations.NullMarked;
