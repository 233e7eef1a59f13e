package io.qlikbridge.web;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Takes each JSON value for what it is: no number for a text or for the place of a constant in its list, no text for a
 * number or a truth. A guess would grant a scope to whoever mistypes.
 */
@Component
class StrictJson implements JsonMapperBuilderCustomizer {

    @Override
    public void customize(JsonMapper.Builder json) {
        json.enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
        refuse(json, LogicalType.Enum, CoercionInputShape.Integer);
        refuse(
                json,
                LogicalType.Textual,
                CoercionInputShape.Integer,
                CoercionInputShape.Float,
                CoercionInputShape.Boolean);
        refuse(
                json,
                LogicalType.Integer,
                CoercionInputShape.String,
                CoercionInputShape.Float,
                CoercionInputShape.Boolean);
        refuse(
                json,
                LogicalType.Boolean,
                CoercionInputShape.String,
                CoercionInputShape.Integer,
                CoercionInputShape.Float);
    }

    private static void refuse(JsonMapper.Builder json, LogicalType type, CoercionInputShape... shapes) {
        json.withCoercionConfig(type, coercion -> {
            for (CoercionInputShape shape : shapes) {
                coercion.setCoercion(shape, CoercionAction.Fail);
            }
        });
    }
}
