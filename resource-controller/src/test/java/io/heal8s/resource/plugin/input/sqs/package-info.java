// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of the SQS input against a stand-in on this machine. What it is sent and what it answers is
 * checked against the model that Amazon publishes, as the SDK's own classes carry it.
 */
@NullMarked
package io.heal8s.resource.plugin.input.sqs;

import org.jspecify.annotations.NullMarked;
