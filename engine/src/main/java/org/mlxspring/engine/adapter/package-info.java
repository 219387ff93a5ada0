/** LoRA adapters: applying them to a model, their files, and fusing them into it. */
@NullMarked
package org.mlxspring.engine.adapter;

import org.jspecify.annotations.NullMarked;
