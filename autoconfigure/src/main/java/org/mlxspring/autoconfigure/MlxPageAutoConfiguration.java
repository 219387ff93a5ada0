package org.mlxspring.autoconfigure;

import org.mlxspring.autoconfigure.page.PageConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Import;

/** Serves the page at {@code /mlx}. */
@AutoConfiguration(after = MlxSecurityAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import(PageConfiguration.class)
public final class MlxPageAutoConfiguration {}
