#include "web/platform/renderer.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace smartca::platform {
namespace {

enum Attribute : GLuint { Position, TextureCoordinate, Color };

constexpr const char* kVertexShader = R"(#version 300 es
precision highp float;
uniform vec4 scaleAndOffset;
in vec2 position;
in vec2 textureCoordinate;
in vec4 color;
out vec2 vertexCoordinate;
out vec4 vertexColor;
void main() {
    vertexCoordinate = textureCoordinate;
    vertexColor = color;
    gl_Position = vec4(position * scaleAndOffset.xy + scaleAndOffset.zw, 0.0, 1.0);
}
)";

// Coordinates are rounded to 1/64 of a texel, far below what can be seen: where in the atlas a glyph lies
// depends on what was typed before, and the error of the interpolation on where it lies, so that a letter
// could come out one shade different from one time to the next.
constexpr const char* kFragmentShader = R"(#version 300 es
precision highp float;
uniform sampler2D picture;
in vec2 vertexCoordinate;
in vec4 vertexColor;
out vec4 pixel;
void main() {
    vec2 parts = vec2(textureSize(picture, 0)) * 64.0;
    pixel = vertexColor * texture(picture, floor(vertexCoordinate * parts + 0.5) / parts);
}
)";

// Not asked whether it worked: the answer would have to be waited for, and these two fail in a lost context
// only, which is told by an event of its own.
GLuint compile(GLenum kind, const char* source) {
    const GLuint shader = glCreateShader(kind);
    glShaderSource(shader, 1, &source, nullptr);
    glCompileShader(shader);
    return shader;
}

GLuint link() {
    const GLuint program = glCreateProgram();
    for (const GLuint shader :
         {compile(GL_VERTEX_SHADER, kVertexShader), compile(GL_FRAGMENT_SHADER, kFragmentShader)}) {
        glAttachShader(program, shader);
        glDeleteShader(shader);  // when the program goes
    }
    glBindAttribLocation(program, Position, "position");
    glBindAttribLocation(program, TextureCoordinate, "textureCoordinate");
    glBindAttribLocation(program, Color, "color");
    glLinkProgram(program);
    return program;
}

const void* offsetInBuffer(std::size_t bytes) {
    return reinterpret_cast<const void*>(bytes);
}

void describeVertices() {
    constexpr GLsizei kStride = sizeof(ImDrawVert);
    for (const GLuint attribute : {Position, TextureCoordinate, Color})
        glEnableVertexAttribArray(attribute);
    glVertexAttribPointer(Position, 2, GL_FLOAT, GL_FALSE, kStride,
                          offsetInBuffer(offsetof(ImDrawVert, pos)));
    glVertexAttribPointer(TextureCoordinate, 2, GL_FLOAT, GL_FALSE, kStride,
                          offsetInBuffer(offsetof(ImDrawVert, uv)));
    glVertexAttribPointer(Color, 4, GL_UNSIGNED_BYTE, GL_TRUE, kStride,
                          offsetInBuffer(offsetof(ImDrawVert, col)));
}

void bindNewTexture(GLuint name) {
    glBindTexture(GL_TEXTURE_2D, name);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

void create(ImTextureData& texture) {
    GLuint name = 0;
    glGenTextures(1, &name);
    bindNewTexture(name);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, texture.Width, texture.Height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                 texture.GetPixels());
    texture.SetTexID(name);
    texture.SetStatus(ImTextureStatus_OK);
}

void update(ImTextureData& texture) {
    glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(texture.TexID));
    glPixelStorei(GL_UNPACK_ROW_LENGTH, texture.Width);
    for (const ImTextureRect& rect : texture.Updates)
        glTexSubImage2D(GL_TEXTURE_2D, 0, rect.x, rect.y, rect.w, rect.h, GL_RGBA, GL_UNSIGNED_BYTE,
                        texture.GetPixelsAt(rect.x, rect.y));
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);  // images are uploaded by JavaScript, which expects the default
    texture.SetStatus(ImTextureStatus_OK);
}

void destroy(ImTextureData& texture) {
    const auto name = static_cast<GLuint>(texture.TexID);
    glDeleteTextures(1, &name);
    texture.SetTexID(ImTextureID_Invalid);
    texture.SetStatus(ImTextureStatus_Destroyed);
}

}  // namespace

Renderer::~Renderer() {
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures)
        if (texture->TexID != ImTextureID_Invalid) destroy(*texture);
    glDeleteBuffers(1, &vertices_);
    glDeleteBuffers(1, &indices_);
    glDeleteVertexArrays(1, &vertexArray_);
    glDeleteProgram(program_);
}

void Renderer::open() {
    ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
    program_ = link();
    glUseProgram(program_);
    scaleAndOffset_ = glGetUniformLocation(program_, "scaleAndOffset");
    glGenVertexArrays(1, &vertexArray_);
    glBindVertexArray(vertexArray_);
    glGenBuffers(1, &vertices_);
    glGenBuffers(1, &indices_);
    glBindBuffer(GL_ARRAY_BUFFER, vertices_);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, indices_);
    describeVertices();
    glEnable(GL_SCISSOR_TEST);
    glEnable(GL_BLEND);
    glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    glClearColor(0, 0, 0, 0);
    warmUp();
}

void Renderer::forget() {
    program_ = vertexArray_ = vertices_ = indices_ = 0;
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        texture->SetTexID(ImTextureID_Invalid);
        texture->SetStatus(ImTextureStatus_Destroyed);
    }
}

// A first draw makes the GPU's process compile for the state it finds: 150 ms without a graphics card. It is
// busy with that while fonts and elements are made here.
void Renderer::warmUp() {
    constexpr std::uint32_t kWhite = 0xFFFFFFFF;
    GLuint texture = 0;
    glGenTextures(1, &texture);
    bindNewTexture(texture);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, 1, 1, 0, GL_RGBA, GL_UNSIGNED_BYTE, &kWhite);
    ImDrawList list(ImGui::GetDrawListSharedData());
    list._ResetForNewFrame();
    list.PushTexture(ImTextureRef(static_cast<ImTextureID>(texture)));
    list.PushClipRect({0, 0}, {1, 1});
    list.PrimReserve(6, 4);
    list.PrimRect({0, 0}, {1, 1}, kWhite);
    render(list, 0, 1, 1, Rows::FromBottom);
    glDeleteTextures(1, &texture);
    glFlush();
}

void Renderer::updateTextures() {
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        if (texture->Status == ImTextureStatus_WantCreate) create(*texture);
        if (texture->Status == ImTextureStatus_WantUpdates) update(*texture);
        if (texture->Status == ImTextureStatus_WantDestroy && texture->UnusedFrames > 0) destroy(*texture);
    }
}

void Renderer::render(const ImDrawList& list, int top, int width, int height, Rows rows) {
    glViewport(0, 0, width, height);
    glScissor(0, 0, width, height);
    glClear(GL_COLOR_BUFFER_BIT);
    // From pixels, y downwards and `top` at the upper edge, to -1..1. WebGL's y goes upwards, and so do the
    // rows when its canvas is copied; memory that is read from it has the lowest row first.
    const float horizontal = 2.0f / static_cast<float>(width);
    const float vertical = (rows == Rows::FromTop ? 2.0f : -2.0f) / static_cast<float>(height);
    const float start = rows == Rows::FromTop ? -1.0f : 1.0f;
    glUniform4f(scaleAndOffset_, horizontal, vertical, -1.0f, start - static_cast<float>(top) * vertical);
    glBufferData(GL_ARRAY_BUFFER, list.VtxBuffer.size_in_bytes(), list.VtxBuffer.Data, GL_STREAM_DRAW);
    glBufferData(GL_ELEMENT_ARRAY_BUFFER, list.IdxBuffer.size_in_bytes(), list.IdxBuffer.Data,
                 GL_STREAM_DRAW);
    for (const ImDrawCmd& command : list.CmdBuffer)
        if (command.ElemCount > 0) drawCommand(command, top, height, rows);
}

void Renderer::drawCommand(const ImDrawCmd& command, int top, int height, Rows rows) const {
    const int left = std::max(0, static_cast<int>(command.ClipRect.x));
    const int right = static_cast<int>(command.ClipRect.z);
    const int upper = std::max(0, static_cast<int>(command.ClipRect.y) - top);
    const int lower = std::min(height, static_cast<int>(command.ClipRect.w) - top);
    if (right <= left || lower <= upper) return;
    glScissor(left, rows == Rows::FromTop ? upper : height - lower, right - left, lower - upper);
    glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(command.GetTexID()));
    constexpr GLenum kIndexType = sizeof(ImDrawIdx) == 2 ? GL_UNSIGNED_SHORT : GL_UNSIGNED_INT;
    glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(command.ElemCount), kIndexType,
                   offsetInBuffer(command.IdxOffset * sizeof(ImDrawIdx)));
}

}  // namespace smartca::platform
