/**
 * A renderer for the chat templates that model publishers ship, exact against Python's jinja2 with Hugging Face's
 * settings; called only by {@link org.mlxspring.engine.text.Tokenizer}.
 */
@NullMarked
package org.mlxspring.engine.text.jinja;

import org.jspecify.annotations.NullMarked;
