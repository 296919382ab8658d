// SPDX-License-Identifier: Apache-2.0
/**
 * Resources from messages of an Amazon SQS queue. A message is deleted when it is stored; one that
 * can never be stored is named and left to the queue's redrive policy. What cannot be stored now is
 * kept out of others' sight and tried again, and given back when the process ends.
 */
@NullMarked
package io.heal8s.resource.plugin.input.sqs;

import org.jspecify.annotations.NullMarked;
