package org.mlxspring.autoconfigure.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Serves the page's files under {@code /mlx/page/}, with the chart library out of its webjar, so that nothing depends on
 * where the host maps {@code /webjars}. Files are told apart by content, because those of a reproducible jar all have
 * the same time.
 */
final class PageFiles implements WebMvcConfigurer {
    private static final String CHART_POM = "META-INF/maven/org.webjars.npm/chart.js/pom.properties";

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        serve(
                registry,
                "/mlx/page/vendor/*.js",
                "classpath:/META-INF/resources/webjars/chart.js/%s/dist/".formatted(chartVersion()));
        serve(registry, "/mlx/page/**", "classpath:/org/mlxspring/page/static/");
    }

    private static void serve(ResourceHandlerRegistry registry, String pattern, String location) {
        registry.addResourceHandler(pattern)
                .addResourceLocations(location)
                .setCacheControl(CacheControl.noCache())
                .setUseLastModified(false)
                .setEtagGenerator(PageFiles::etag);
    }

    private static String etag(Resource file) {
        try (InputStream in = file.getInputStream()) {
            return "\"" + DigestUtils.md5DigestAsHex(in) + "\"";
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the page's file " + file.getFilename(), e);
        }
    }

    private static String chartVersion() {
        try (InputStream in = new ClassPathResource(CHART_POM).getInputStream()) {
            Properties pom = new Properties();
            pom.load(in);
            return pom.getProperty("version");
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The dependency org.webjars.npm:chart.js is missing; the page at /mlx needs it", e);
        }
    }
}
