package io.qlikbridge.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of the console in the README: small, and what a browser has shown. */
class SmallPictureTests {

    @Test
    void readmeShowsEachOfThePicturesAndNoneIsLarge() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        try (Stream<Path> files = Files.list(Path.of("docs/images"))) {
            List<Path> pictures = files.toList();

            assertThat(pictures).hasSizeBetween(1, 3).allSatisfy(picture -> {
                assertThat(picture.toString()).endsWith(".png");
                assertThat(readme).contains(picture.toString());
                assertThat(Files.size(picture)).isLessThan(SmallPicture.MOST_BYTES);
            });
        }
    }

    @Test
    void writeOfMoreColoursThanThereIsRoomForKeepsThemAlmostAsTheyAre(@TempDir Path folder) throws IOException {
        BufferedImage colourful = new BufferedImage(256, 64, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = colourful.createGraphics();
        for (int x = 0; x < 256; x++) {
            pen.setColor(new Color(x, 255 - x, x / 2));
            pen.fillRect(x, 0, 1, 32);
            pen.setColor(new Color(x, x, x));
            pen.fillRect(x, 32, 1, 32);
        }
        Path whole = folder.resolve("whole.png");
        Path small = folder.resolve("new/small.png");
        ImageIO.write(colourful, "png", whole.toFile());

        SmallPicture.write(whole, small);

        BufferedImage written = ImageIO.read(small.toFile());
        for (int x = 0; x < 256; x += 5) {
            assertThat(Math.abs(new Color(written.getRGB(x, 40)).getGreen() - x))
                    .isLessThan(8);
            assertThat(Math.abs(new Color(written.getRGB(x, 10)).getRed() - x)).isLessThan(8);
        }
    }
}
