// SPDX-License-Identifier: Apache-2.0
/** Tells people by e-mail, through an SMTP server. */
@NullMarked
package io.heal8s.resource.notify.mail;

import org.jspecify.annotations.NullMarked;
