//! WebAssembly that is never run: no module can be loaded, so nothing after that can happen.

use std::{fmt, marker::PhantomData};

/// What there is none of.
#[derive(Debug, Clone, Copy)]
enum Never {}

/// Why nothing is loaded.
#[derive(Debug)]
pub struct Error;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("plugins are not part of this program")
    }
}

impl std::error::Error for Error {}

/// Settings.
#[derive(Debug, Default)]
pub struct Config;

impl Config {
    /// Without effect.
    pub fn wasm_relaxed_simd(&mut self, _: bool) -> &mut Self {
        self
    }
}

/// What would run modules.
#[derive(Debug)]
pub struct Engine;

impl Engine {
    /// With settings.
    pub fn new(_: &Config) -> Self {
        Self
    }
}

/// A loaded module.
#[derive(Debug)]
pub struct Module(Never);

impl Module {
    /// Refuses.
    ///
    /// # Errors
    /// Always.
    pub fn new(_: &Engine, _: &[u8]) -> Result<Self, Error> {
        Err(Error)
    }

    /// One thing it offers.
    pub fn get_export(&self, _: &str) -> Option<ExternType> {
        match self.0 {}
    }

    /// What it offers.
    pub fn exports(&self) -> std::iter::Empty<ExportType<'_>> {
        match self.0 {}
    }
}

/// One thing a module offers.
#[derive(Debug)]
pub struct ExportType<'module>(Never, PhantomData<&'module Module>);

impl<'module> ExportType<'module> {
    /// Its name.
    pub fn name(&self) -> &'module str {
        match self.0 {}
    }

    /// Its kind.
    pub fn ty(&self) -> &ExternType {
        match self.0 {}
    }
}

/// A kind of thing.
#[derive(Debug)]
pub enum ExternType {
    /// A function.
    Func(FuncType),
    /// Memory.
    Memory(MemoryType),
}

/// The kind of a function.
#[derive(Debug)]
pub struct FuncType(Never);

impl FuncType {
    /// What it takes.
    pub fn params(&self) -> &[ValType] {
        match self.0 {}
    }

    /// What it gives.
    pub fn results(&self) -> &[ValType] {
        match self.0 {}
    }
}

/// The kind of memory.
#[derive(Debug)]
pub struct MemoryType(Never);

/// The kind of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValType {
    /// An integer of 32 bits.
    I32,
    /// Any other.
    Other,
}

/// A value.
#[derive(Debug, Clone)]
pub enum Val {
    /// An integer of 32 bits.
    I32(i32),
    /// Any other.
    Other,
}

/// What modules may call.
#[derive(Debug)]
pub struct Linker<T>(PhantomData<T>);

impl<T> Linker<T> {
    /// For an engine.
    pub fn new(_: &Engine) -> Self {
        Self(PhantomData)
    }

    /// Without effect.
    ///
    /// # Errors
    /// Never.
    pub fn func_wrap<F>(&mut self, _: &str, _: &str, _: F) -> Result<&mut Self, Error> {
        Ok(self)
    }

    /// The engine.
    pub fn engine(&self) -> &Engine {
        &Engine
    }

    /// Starts a module.
    ///
    /// # Errors
    /// There is none to start.
    pub fn instantiate_and_start(&self, _: &mut Store<T>, module: &Module) -> Result<Instance, Error> {
        match module.0 {}
    }
}

/// The state of running modules.
#[derive(Debug)]
pub struct Store<T>(T);

impl<T> Store<T> {
    /// With data of the caller.
    pub fn new(_: &Engine, data: T) -> Self {
        Self(data)
    }

    /// The caller's data.
    pub fn data_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

/// A running module.
#[derive(Debug)]
pub struct Instance(Never);

impl Instance {
    /// One thing it offers.
    pub fn get_export<T>(&self, _: &Store<T>, _: &str) -> Option<Extern> {
        match self.0 {}
    }
}

/// One thing a running module offers.
#[derive(Debug)]
pub struct Extern(Never);

impl Extern {
    /// As a function.
    pub fn into_func(self) -> Option<Func> {
        match self.0 {}
    }

    /// As memory.
    pub fn into_memory(self) -> Option<Memory> {
        match self.0 {}
    }
}

/// A function.
#[derive(Debug)]
pub struct Func(Never);

impl Func {
    /// Its kind.
    pub fn ty<T>(&self, _: &Store<T>) -> FuncType {
        match self.0 {}
    }

    /// Calls it.
    ///
    /// # Errors
    /// There is none to call.
    pub fn call<T>(&self, _: &mut Store<T>, _: &[Val], _: &mut [Val]) -> Result<(), Error> {
        match self.0 {}
    }
}

/// Memory of a module.
#[derive(Debug, Clone, Copy)]
pub struct Memory(Never);

impl Memory {
    /// How many pages.
    pub fn size<C>(&self, _: C) -> u64 {
        match self.0 {}
    }

    /// Its bytes.
    pub fn data<'a, T>(&self, _: &'a Store<T>) -> &'a [u8] {
        match self.0 {}
    }

    /// Its bytes, to be changed.
    pub fn data_mut<'a, T>(&self, _: &'a mut Store<T>) -> &'a mut [u8] {
        match self.0 {}
    }

    /// Adds pages.
    ///
    /// # Errors
    /// There is none to grow.
    pub fn grow<T>(&self, _: &mut Store<T>, _: u64) -> Result<u64, Error> {
        match self.0 {}
    }

    /// Reads from it.
    ///
    /// # Errors
    /// There is none to read.
    pub fn read<C>(&self, _: C, _: usize, _: &mut [u8]) -> Result<(), Error> {
        match self.0 {}
    }

    /// Writes to it.
    ///
    /// # Errors
    /// There is none to write.
    pub fn write<C>(&self, _: C, _: usize, _: &[u8]) -> Result<(), Error> {
        match self.0 {}
    }
}

/// Who calls back.
#[derive(Debug)]
pub struct Caller<'a, T>(Never, PhantomData<&'a T>);

impl<T> Caller<'_, T> {
    /// One thing the module offers.
    pub fn get_export(&self, _: &str) -> Option<Extern> {
        match self.0 {}
    }

    /// The caller's data.
    pub fn data_mut(&mut self) -> &mut T {
        match self.0 {}
    }
}
