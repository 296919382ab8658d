// SPDX-License-Identifier: Apache-2.0
/**
 * What a resource, its type, its history and its events are. Every value here is immutable; JSON
 * inside a record is shared and must not be changed. The records say nothing about SQL, HTTP or
 * plugins.
 */
@NullMarked
package io.heal8s.resource.model;

import org.jspecify.annotations.NullMarked;
