package io.qlikbridge.browser;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** A picture of a page for the README: a PNG of 256 colours, a third as large as what the browser gives. */
final class SmallPicture {

    /** So many that three of them are a page quickly. */
    static final long MOST_BYTES = 60_000;

    private static final int COLOURS = 256;

    private SmallPicture() {}

    static void write(Path from, Path to) throws IOException {
        BufferedImage picture = ImageIO.read(from.toFile());
        Map<Integer, Integer> pixels = pixels(picture);
        int lost = 0;
        Map<Integer, Integer> palette = palette(pixels, lost);
        while (palette.size() > COLOURS) {
            palette = palette(pixels, ++lost);
        }
        Files.createDirectories(to.getParent());
        save(indexed(picture, palette, lost), to);
    }

    /** The commonest colour of each kind. @param lost how many bits of red, green and blue tell none apart */
    private static Map<Integer, Integer> palette(Map<Integer, Integer> pixels, int lost) {
        Map<Integer, Integer> palette = new LinkedHashMap<>();
        pixels.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(colour -> palette.putIfAbsent(kind(colour.getKey(), lost), colour.getKey()));
        return palette;
    }

    /** How many there are of each colour. */
    private static Map<Integer, Integer> pixels(BufferedImage picture) {
        Map<Integer, Integer> pixels = new HashMap<>();
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                pixels.merge(picture.getRGB(x, y), 1, Integer::sum);
            }
        }
        return pixels;
    }

    private static int kind(int colour, int lost) {
        int kept = 0xff >> lost << lost;
        return colour & (kept << 16 | kept << 8 | kept);
    }

    private static BufferedImage indexed(BufferedImage picture, Map<Integer, Integer> palette, int lost) {
        int[] colours = palette.values().stream().mapToInt(colour -> colour).toArray();
        Map<Integer, Integer> places = new LinkedHashMap<>();
        palette.keySet().forEach(kind -> places.put(kind, places.size()));
        BufferedImage indexed = new BufferedImage(
                picture.getWidth(),
                picture.getHeight(),
                BufferedImage.TYPE_BYTE_INDEXED,
                new IndexColorModel(8, colours.length, colours, 0, false, -1, DataBuffer.TYPE_BYTE));
        WritableRaster raster = indexed.getRaster();
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                raster.setSample(x, y, 0, places.get(kind(picture.getRGB(x, y), lost)));
            }
        }
        return indexed;
    }

    private static void save(BufferedImage picture, Path to) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        Files.deleteIfExists(to);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(to.toFile())) {
            writer.setOutput(out);
            ImageWriteParam smallest = writer.getDefaultWriteParam();
            smallest.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            smallest.setCompressionQuality(0);
            writer.write(null, new IIOImage(picture, null, null), smallest);
        } finally {
            writer.dispose();
        }
    }
}
