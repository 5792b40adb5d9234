mod alur;
mod draft;
