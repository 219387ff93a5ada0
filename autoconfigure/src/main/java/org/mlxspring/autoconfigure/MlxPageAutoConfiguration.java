package org.mlxspring.autoconfigure;

import org.mlxspring.autoconfigure.openapi.OpenApiConfiguration;
import org.mlxspring.autoconfigure.page.PageConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Import;

/** Serves the page at {@code /mlx} and the description of its API. */
@AutoConfiguration(after = MlxSecurityAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "mlx.enabled", matchIfMissing = true)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import({PageConfiguration.class, OpenApiConfiguration.class})
public final class MlxPageAutoConfiguration {}
