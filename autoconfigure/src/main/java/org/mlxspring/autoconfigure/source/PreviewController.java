package org.mlxspring.autoconfigure.source;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import org.mlxspring.autoconfigure.model.Models;
import org.mlxspring.autoconfigure.preview.RowRendering;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.engine.data.LossMask;
import org.mlxspring.engine.text.TokenizerException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows the beginning of an upload before anything is stored. */
@RestController
class PreviewController {

    /** Of an upload that is sent whole, what is read behind the rows that are shown, so that the answer gets through. */
    private static final long DRAINED = 64L << 20;

    private final Models models;
    private final UploadPreview preview;

    PreviewController(Models models, UploadPreview preview) {
        this.models = models;
        this.preview = preview;
    }

    @PostMapping(
            path = "/mlx/api/datasets/preview",
            consumes = {
                "application/x-ndjson",
                "application/jsonl",
                "text/csv",
                "text/plain",
                "text/markdown",
                "application/zip"
            })
    PreviewView preview(
            @RequestParam String model,
            @RequestParam(defaultValue = "") String columns,
            @RequestParam(name = "loss-mask", defaultValue = "row") String lossMask,
            @RequestParam(name = "max-seq-length", defaultValue = "2048") int longest,
            HttpServletRequest body)
            throws IOException {
        SourceFormat format = SourceFormat.ofRequest(String.valueOf(body.getContentType()));
        ColumnMapping mapping = new ColumnMapping(UploadParameters.columns(columns));
        try (RowRendering rendering = RowRendering.open(models.path(model), mask(lossMask), longest)) {
            PreviewView view = preview.show(format, mapping, body.getInputStream(), rendering);
            drain(body);
            return view;
        } catch (TokenizerException e) {
            throw ProblemException.invalid(
                    "Unusable model",
                    String.valueOf(e.getMessage()),
                    Map.of("property", "mlx.models." + model + ".path"));
        } catch (UnreadableSourceException e) {
            throw ProblemException.invalid("Unusable upload", String.valueOf(e.getMessage()), Map.of());
        }
    }

    private static LossMask mask(String name) {
        try {
            return LossMask.of(name);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(
                    "Wrong parameter", String.valueOf(e.getMessage()), Map.of("parameter", "loss-mask"));
        }
    }

    private static void drain(HttpServletRequest body) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = DRAINED;
        int count = 0;
        while (left > 0 && count >= 0) {
            count = body.getInputStream().read(buffer);
            left -= count;
        }
    }
}
